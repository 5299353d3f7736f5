"""Feeds, list and starter pack published on a real Bluesky, and read back through its AppView."""

import json
from http.server import BaseHTTPRequestHandler

import httpx
import pytest
from click.testing import CliRunner
from django.core.cache import cache
from django.utils import timezone

from colibri.common.work import work_on
from colibri.config.feeds_command import feeds as command
from colibri.federation.feed_models import Shelf
from colibri.federation.feeds.actions import ITEM, LIST, LIST_KEY, PACK, PACK_KEY, be_listed, publish_feeds
from colibri.federation.feeds.catalogue import GENERATOR, feeds
from colibri.networks.bluesky import sign_in
from colibri.people.actions import withdraw_consent
from colibri.people.models import Credential
from tests.federation.feed_rows import give, make_collective, make_relay, make_search
from tests.networks.local_server import reply, serving
from tests.peers.bluesky_peer import GUARD, Bluesky
from tests.peers.process import PeerFailed, wait_until

pytestmark = [
    pytest.mark.bluesky,
    pytest.mark.timeout(400),
    pytest.mark.urls("tests.federation.feed_site"),
]


def collective_on(bluesky: Bluesky, settings):
    """A collective whose account is connected, and that account."""
    settings.GUARD = GUARD
    cache.clear()
    member = bluesky.create_account("collectif")
    collective = make_collective(member.did, member.handle)
    _, credentials = sign_in(member.handle, member.password, bluesky.address, GUARD)
    identity = collective.identities.get()
    identity.server = bluesky.address
    identity.save()
    Credential.objects.create(identity=identity, secret=json.dumps(credentials))
    return collective, member


def done(shelf: Shelf) -> Shelf:
    """What waits is done."""
    work_on(shelf._meta.label, shelf.pk, now=timezone.now())
    shelf.refresh_from_db()
    return shelf


@pytest.mark.django_db
def test_publishing_twice_leaves_one_of_each_and_whoever_withdraws_is_taken_off(bluesky, settings):
    collective, member = collective_on(bluesky, settings)
    relays = [make_relay(collective, bluesky.create_account(f"relay{number}").did) for number in range(3)]
    for offer in relays[:2]:
        be_listed(offer.identity.account, collective, by="page", now=timezone.now())
    for _ in range(2):
        assert done(publish_feeds(collective, now=timezone.now())).state == "published"
    generators = bluesky.records(member.did, GENERATOR)
    assert {one["uri"].rpartition("/")[2] for one in generators} == {feed.key for feed in feeds()}
    assert {one["value"]["did"] for one in generators} == {"did:web:127.0.0.1%3A8000"}
    assert all(len(one["value"]["displayName"]) <= 24 for one in generators)
    assert [one["uri"] for one in bluesky.records(member.did, LIST)] == [
        f"at://{member.did}/{LIST}/{LIST_KEY}"
    ]
    assert [one["uri"] for one in bluesky.records(member.did, PACK)] == [
        f"at://{member.did}/{PACK}/{PACK_KEY}"
    ]

    def named() -> set[str]:
        return {one["value"]["subject"] for one in bluesky.records(member.did, ITEM)}

    assert named() == {offer.identity.actor_id for offer in relays[:2]}
    bluesky.create(member, ITEM, {"list": f"at://{member.did}/{LIST}/3kaaaaaaaaaaa", "subject": member.did})
    for offer in relays[:2]:
        account = offer.identity.account
        withdraw_consent(collective, "be_listed", account=account, by="page", now=timezone.now())
    assert done(Shelf.objects.get()).state == "published"
    assert named() == {member.did}  # of another list of theirs, which is none of our business
    assert bluesky.records(member.did, PACK) == []


@pytest.mark.django_db
def test_the_command_says_where_the_feeds_are_and_why_not(bluesky, settings):
    _collective, member = collective_on(bluesky, settings)
    said = CliRunner().invoke(command, ["village"])
    assert said.exit_code == 0, said.output
    assert f"https://bsky.app/profile/{member.handle}/feed/region-53\tBretagne" in said.output
    Credential.objects.all().delete()
    said = CliRunner().invoke(command, ["village"])
    assert said.exit_code == 1
    assert Shelf.objects.get().state == "failed"
    assert CliRunner().invoke(command, ["nowhere"]).exit_code == 1


@pytest.fixture
def open_door(live_server):
    """Colibri as Bluesky reaches it: a door that keeps no connection beyond the test.

    A site named localhost is a `did:web` that resolvers ask without https, and nothing else is.
    """

    def hand_on(handler: BaseHTTPRequestHandler) -> None:
        answer = httpx.get(f"{live_server.url}{handler.path}", timeout=120)
        reply(handler, answer.status_code, answer.content, Content_Type=answer.headers["content-type"])

    with serving(hand_on) as (address, _):
        yield address.replace("127.0.0.1", "localhost")


@pytest.mark.django_db(transaction=True)
def test_the_appview_shows_whoever_was_seen_least_first(full_bluesky, settings, open_door):
    collective, member = collective_on(full_bluesky, settings)
    posts = {}
    for name, gain in (("much", 5.0), ("none", 0.0), ("little", 0.5)):
        author = full_bluesky.create_account(name)
        record = {"text": f"Je cherche un CDI, {name}", "langs": ["fr"]}
        uri = full_bluesky.create(author, "app.bsky.feed.post", record)["uri"]
        post = make_search(collective, f"{name}x", uri=uri)
        posts[name] = uri
        if gain:
            give(post, gain, at=timezone.now())
    relay = make_relay(collective, full_bluesky.create_account("relay").did)
    be_listed(relay.identity.account, collective, by="page", now=timezone.now())
    settings.SITE_URL = open_door
    assert done(publish_feeds(collective, now=timezone.now())).problem == ""
    reader = full_bluesky.create_account("reader")
    everybody = f"at://{member.did}/{GENERATOR}/all"

    def read(**more) -> dict:
        return full_bluesky.ask("app.bsky.feed.getFeed", token=reader.token, feed=everybody, **more)

    def shown() -> list[str]:
        try:
            return [one["post"]["uri"] for one in read()["feed"]]
        except PeerFailed:
            return []

    order = [posts[name] for name in ("none", "little", "much")]
    assert wait_until(lambda: shown() == order), read()
    first = read(limit=1)
    second = read(limit=2, cursor=first["cursor"])
    assert [one["post"]["uri"] for one in first["feed"] + second["feed"]] == order
    assert first["feed"][0]["post"]["record"]["text"] == "Je cherche un CDI, none"

    def pack() -> dict:
        address = f"at://{member.did}/{PACK}/{PACK_KEY}"
        return full_bluesky.ask("app.bsky.graph.getStarterPack", token=reader.token, starterPack=address)

    def named() -> list[str]:
        try:
            return [one["subject"]["did"] for one in pack()["starterPack"]["listItemsSample"]]
        except PeerFailed:
            return []

    assert wait_until(lambda: named() == [relay.identity.actor_id])
