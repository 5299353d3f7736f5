"""The animator's sources, walked through as an animator does."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from colibri.federation.actions.sources import SOURCES_MOST
from colibri.federation.models import Flag, Server, Source
from colibri.federation.tasks import tend
from colibri.networks import registry
from colibri.networks.base import Capabilities, Grant, SignedIn
from colibri.networks.items import Actor
from colibri.people.models import Collective, Credential, Identity, Role
from tests.sample_world import World, sample_world

pytestmark = pytest.mark.django_db
PAGE = "/c/hirondelles/sources/"


@pytest.fixture(autouse=True)
def _nobody_knocked_yet():
    cache.clear()


@pytest.fixture
def world() -> World:
    return sample_world()


@pytest.fixture
def animator(client, world):
    client.force_login(world.people["animator"])
    return world.people["animator"]


class Village:
    """Signs everybody in, without asking; what servers really do is tested under tests/networks."""

    def begin(self, who, client, registered, guard, *, as_collective=False):
        return Grant("https://village.test/yes", "state", {})

    def finish(self, kept, answer, client, guard):
        actor = Actor("https://village.test/users/nous", "nous@village.test")
        return SignedIn(actor, "village.test", {"token": "t"})

    def revoke(self, credentials, address, client, guard):
        """Nothing to end."""


@pytest.fixture
def village(monkeypatch) -> None:
    known = registry._NETWORKS["mastodon"]
    monkeypatch.setitem(registry._NETWORKS, "mastodon", replace(known, oauth=Village()))


@pytest.mark.parametrize("who", ["seeker", "relay", "stranger"])
def test_only_animators_see_and_change_it(client, world, who):
    client.force_login(world.people[who])

    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"network": "mastodon", "server": "piaille.fr"}).status_code == 403
    assert (
        client.post(
            reverse("federation:remove_source", args=["hirondelles", world.values["source"]])
        ).status_code
        == 403
    )
    assert Source.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"heard_at": None}, "pas encore entendu"),
        ({"heard_at": timedelta(seconds=5)}, "vivant"),
        ({"heard_at": timedelta(hours=2)}, "muet"),
        (
            {"heard_at": timedelta(seconds=5), "fault": "retryable", "problem": "reset by peer"},
            "un nouvel essai",
        ),
    ],
)
def test_each_source_says_how_it_is_heard(client, animator, changes, words):
    if changes["heard_at"] is not None:
        changes = {**changes, "heard_at": timezone.now() - changes["heard_at"]}
    Source.objects.update(**changes)

    page = client.get(PAGE).content.decode()

    assert words in page
    assert "reset by peer" not in page


def test_servers_that_do_not_answer_are_named_since_when(client, animator):
    long_ago = datetime(2026, 10, 3, 12, tzinfo=UTC)
    Server.objects.create(host="muet.example:443", suspended_at=long_ago)
    Server.objects.create(host="vivant.example:443", answered_at=timezone.now())
    Server.objects.create(host="loin.example:443", suspended_at=long_ago, blocked_at=long_ago)

    page = client.get(PAGE).content.decode()
    assert "<li>muet.example (03/10/2026)</li>" in page
    assert "vivant.example" not in page
    assert "loin.example" not in page


@pytest.mark.parametrize(
    ("network", "typed", "kept"),
    [
        ("mastodon", "piaille.fr", "piaille.fr"),
        ("mastodon", " https://Piaille.FR/ ", "piaille.fr"),
        ("bluesky", "", ""),
    ],
)
def test_another_place_is_listened_to_once(client, animator, network, typed, kept):
    for _ in range(2):
        assert client.post(PAGE, {"network": network, "server": typed}).status_code == 302

    assert Source.objects.filter(network=network, server=kept).count() == 1


@pytest.mark.parametrize("typed", ["", "http://127.0.0.1/", "piaille.fr/@marie", "a b", "x@y@z"])
def test_what_is_no_server_stays_in_the_form_with_the_reason(client, animator, typed):
    page = client.post(PAGE, {"network": "mastodon", "server": typed})

    assert page.status_code == 422
    assert "errorlist" in page.content.decode()
    assert Source.objects.count() == 1


def test_so_many_places_and_no_more(client, animator):
    for number in range(SOURCES_MOST):
        client.post(PAGE, {"network": "mastodon", "server": f"s{number}.example.org"})

    assert Source.objects.count() == SOURCES_MOST
    assert client.post(PAGE, {"network": "mastodon", "server": "more.example.org"}).status_code == 422


def test_a_place_can_be_left(client, animator, world):
    gone = client.post(reverse("federation:remove_source", args=["hirondelles", world.values["source"]]))

    assert gone.status_code == 302
    assert not Source.objects.exists()


def test_an_animator_connects_the_collectives_account_and_it_is_listened_to_there(client, animator, village):
    client.post(
        reverse("people:door"), {"who": "village.test", "network": "mastodon", "collective": "hirondelles"}
    )

    client.get(reverse("people:back"), {"state": "state", "code": "yes"})

    identity = Identity.objects.get(handle="nous@village.test")
    assert (identity.collective, identity.account) == (Collective.objects.get(), None)
    assert Source.objects.filter(network="mastodon", server="village.test").exists()
    Credential.objects.filter(identity=identity).update(ends_at=datetime(2027, 1, 12, 12, tzinfo=UTC))
    page = client.get(PAGE).content.decode()
    assert "@nous@village.test" in page
    assert "connecté jusqu’au 12 janvier 2027" in page


def test_nobody_else_connects_an_account_to_a_collective(client, world, village):
    client.force_login(world.people["relay"])

    sent = client.post(
        reverse("people:door"), {"who": "village.test", "network": "mastodon", "collective": "hirondelles"}
    )

    assert sent.status_code == 403
    assert "sign_ins" not in client.session


def test_an_animator_who_is_none_any_more_when_coming_back_connects_nothing(client, animator, village):
    client.post(
        reverse("people:door"), {"who": "village.test", "network": "mastodon", "collective": "hirondelles"}
    )
    Role.objects.filter(account=animator).update(until=timezone.now())

    back = client.get(reverse("people:back"), {"state": "state", "code": "yes"})

    assert back.status_code == 403
    assert not Identity.objects.filter(handle="nous@village.test").exists()


def test_a_network_that_is_one_stream_needs_no_place_for_each_account():
    assert Capabilities("x", 1, private_replies=False, keyed_writes=True).one_stream
    assert not registry.CAPABILITIES["mastodon"].one_stream


def report(client, world) -> int:
    return client.post(
        reverse("federation:reported", args=["hirondelles", world.values["report"]])
    ).status_code


def test_a_report_is_read_beside_what_it_is_about_and_its_words_go_once_it_was(client, animator, world):
    assert f"{PAGE}#reports" in client.get("/c/hirondelles/day/").content.decode()
    page = client.get(PAGE).content.decode()
    assert "Est-ce une vraie recherche ?" in page
    assert "ailleurs.example," in page
    assert reverse("appeals:appeal", args=[world.values["public_id"]]) in page

    assert report(client, world) == 302
    assert f"{PAGE}#reports" not in client.get("/c/hirondelles/day/").content.decode()
    assert "Est-ce une vraie recherche ?" not in client.get(PAGE).content.decode()
    assert Flag.objects.get().text == ""
    assert report(client, world) == 404


@pytest.mark.parametrize("who", ["seeker", "relay", "stranger"])
def test_nobody_else_settles_a_report(client, world, who):
    client.force_login(world.people[who])

    assert report(client, world) == 403
    assert Flag.objects.get().seen_at is None


def test_a_report_nobody_looks_at_is_forgotten_after_half_a_year(animator):
    tend(now=timezone.now() + timedelta(days=179))
    assert Flag.objects.exists()
    tend(now=timezone.now() + timedelta(days=181))
    assert not Flag.objects.exists()
