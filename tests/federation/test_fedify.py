"""With a real ActivityPub server: found, followed, mentioned, answered, announced and taken back."""

from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from colibri.appeals.actions.lifecycle import accept_appeal
from colibri.appeals.models import Appeal, Message, Note
from colibri.common.work import sweep
from colibri.federation.actions.following import follow
from colibri.federation.actions.speaking import OWN_CAPABILITIES
from colibri.federation.models import Delivery, Follower, Following, Incoming, RemoteActor, Server
from colibri.federation.queries import actor_of, open_reports
from colibri.networks.guard import Guard
from colibri.networks.items import Draft
from colibri.networks.registry import CAPABILITIES
from colibri.people.actions import client_for, give_role
from colibri.people.models import Account, Block, Collective, Identity
from tests.peers.fedify_peer import Fedify, fedify_server
from tests.peers.process import free_port, wait_until

TAG = "hirondellesR"
SEARCH = f"<p>Je suis soudeuse, je cherche un CDI à Brest, dix ans d'expérience. #{TAG}</p>"
CAVAGE = "draft-cavage-http-signatures-12"


@dataclass
class Site:
    """Colibri, served on loopback; the test's own thread is its worker."""

    collective: Collective
    actor: Identity

    def work(self) -> None:
        while sweep(now=timezone.now()):
            pass

    def until(self, ready: Any) -> bool:
        """Work until something is so."""

        def look() -> bool:
            self.work()
            return bool(ready())

        return wait_until(look, seconds=90)


@pytest.fixture
def site(transactional_db, live_server, settings, monkeypatch) -> Site:
    settings.SITE_URL, settings.FEDERATION = live_server.url, True
    settings.ALLOWED_HOSTS = ["*"]
    settings.GUARD = Guard(allow=frozenset({"127.0.0.1:*", "localhost:*"}))
    if "mastodon" not in CAPABILITIES:
        monkeypatch.setitem(CAPABILITIES, "mastodon", OWN_CAPABILITIES)
    cache.clear()
    collective = Collective.objects.create(
        slug="hirondelles", name="Les Hirondelles", supporters_hashtag="hirondelles", seekers_hashtag=TAG
    )
    actor = actor_of(collective)
    assert actor is not None
    return Site(collective, actor)


def test_each_finds_the_other_by_handle(site, fedify):
    assert fedify.does("camille", "find", f"@{site.actor.handle}") == {"found": site.actor.actor_id}

    host = fedify.origin.removeprefix("http://")
    assert client_for(site.actor).fetch_actor(f"camille@{host}").id == fedify.actor("camille")


def test_a_server_in_secure_mode_shows_nothing_to_whoever_does_not_sign(site, fedify):
    asked = {"Accept": "application/activity+json"}

    assert httpx.get(fedify.actor("camille"), headers=asked).status_code == 401
    assert client_for(site.actor).fetch_actor(fedify.actor("camille")).name == "camille"


def test_a_follow_is_accepted_in_both_directions(site, fedify):
    fedify.does("camille", "follow", site.actor.actor_id)
    assert site.until(lambda: fedify.received("Accept"))
    assert Follower.objects.get().actor.actor_id == fedify.actor("camille")
    assert site.until(lambda: fedify.received("Create"))  # the welcome

    follow(site.collective, fedify.actor("sasha"), now=timezone.now())
    assert site.until(lambda: Following.objects.filter(state="accepted").exists())

    fedify.does("camille", "unfollow", site.actor.actor_id)
    assert site.until(lambda: not Follower.objects.exists())


def told(site: Site, fedify: Fedify, name: str) -> Appeal:
    """A mention with the hashtag, heard; its author asked."""
    at = {"at": site.actor.actor_id, "mention": site.actor.actor_id, "hashtags": [TAG]}
    fedify.does("camille", "create", id=name, content=SEARCH, **at)
    uri = f"{fedify.actor('camille')}/notes/{name}"
    assert site.until(lambda: Note.objects.filter(appeal__source_uri=uri, state="sent").exists())
    return Appeal.objects.get(source_uri=uri)


def answer(site: Site, fedify: Fedify, appeal: Appeal, words: str, name: str) -> None:
    note = Note.objects.get(appeal=appeal)
    here = site.actor.actor_id
    order = {"content": words, "answers": note.uri, "to": here, "mention": here}
    fedify.does("camille", "create", here, id=name, **order)


@pytest.mark.parametrize("kind", ["rfc9421", CAVAGE])
def test_a_mention_becomes_an_appeal_that_is_announced_edited_and_taken_back(site, tmp_path, kind):
    with fedify_server(tmp_path, kind=kind) as peer:
        appeal = told(site, peer, "search")
        assert site.until(lambda: any(peer.actor("camille") in one["to"] for one in peer.received("Create")))
        answer(site, peer, appeal, "Oui !", "yes")
        assert site.until(lambda: Appeal.objects.get().state == "submitted")
        appeal.refresh_from_db()
        accept_appeal(appeal, by=Account.objects.create_user("sauge@example.org"), now=timezone.now())
        assert site.until(lambda: peer.received("Announce"))
        assert peer.received("Announce")[0]["object"] == appeal.source_uri

        edited = SEARCH.replace("dix ans", "onze ans")
        peer.does("camille", "update", site.actor.actor_id, id="search", content=edited, hashtags=[TAG])
        assert site.until(lambda: Message.objects.filter(text__contains="onze ans").exists())
        peer.does("camille", "delete", site.actor.actor_id, id="search")
        assert site.until(lambda: Appeal.objects.get().state == "closed")
        assert site.until(lambda: peer.received("Undo"))


def test_a_server_that_starts_again_with_its_keys_is_known_and_with_others_learnt_anew(site, tmp_path):
    port = free_port()
    for keep in (True, True, False):
        if not keep:
            (tmp_path / "keys.json").unlink()
            cache.clear()
        with fedify_server(tmp_path, port=port) as peer:
            peer.does("camille", "follow", site.actor.actor_id)
            assert site.until(lambda: Follower.objects.exists())
            peer.does("camille", "unfollow", site.actor.actor_id)
            assert site.until(lambda: not Follower.objects.exists())
            shown = RemoteActor.objects.get().keys
        assert len(shown) == 1


def test_what_is_said_while_a_server_is_off_reaches_it_once_when_it_is_back(site, tmp_path):
    port = free_port()
    with fedify_server(tmp_path, port=port) as peer:
        peer.does("camille", "follow", site.actor.actor_id)
        assert site.until(lambda: peer.received("Create"))  # the welcome
    said = client_for(site.actor).publish(Draft("Bonjour à qui nous suit", "hello"))
    site.work()
    waiting = Delivery.objects.filter(activity__object_uri=said.uri)
    assert waiting.get().state == "planned"

    with fedify_server(tmp_path, port=port) as peer:
        Server.objects.update(due_at=timezone.now())
        assert site.until(lambda: waiting.get().state == "sent")
        Server.objects.update(due_at=timezone.now())
        site.work()
        assert [one["object"]["id"] for one in peer.received("Create")] == [said.uri]


def test_an_animator_follows_who_accepts_or_refuses_and_hears_what_they_show(site, fedify):
    sauge = Account.objects.create_user("sauge@example.org")
    give_role(sauge, site.collective, "animator")
    animator, host = Client(), fedify.origin.removeprefix("http://")
    animator.force_login(sauge)
    for named in (f"@prudence@{host}", fedify.actor("sasha")):  # a busy peer may ask us to come back
        asked = {"account": named}
        assert site.until(lambda to=asked: animator.post("/c/hirondelles/sources/", to).status_code == 302)
    states = {"prudence": "refused", "sasha": "accepted"}
    assert site.until(lambda: dict(Following.objects.values_list("actor__name", "state")) == states)

    fedify.does("camille", "post", site.actor.actor_id, id="shown", content=SEARCH, hashtags=[TAG])
    uri = f"{fedify.actor('camille')}/notes/shown"
    fedify.does("sasha", "announce", site.actor.actor_id, post=uri)
    assert site.until(lambda: Note.objects.filter(appeal__source_uri=uri, state="sent").exists())

    asked = Following.objects.get(state="accepted").follow_id
    fedify.does("sasha", "reject", site.actor.actor_id, asked=asked)  # we are to follow no more
    assert site.until(lambda: not Following.objects.filter(state="accepted").exists())


def test_a_move_is_believed_once_the_new_account_admits_it_and_is_followed_there(site, fedify):
    fedify.does("camille", "follow", site.actor.actor_id)
    follow(site.collective, fedify.actor("camille"), now=timezone.now())
    assert site.until(
        lambda: Follower.objects.exists() and Following.objects.filter(state="accepted").exists()
    )

    fedify.does("camille", "move", site.actor.actor_id, target="sasha", admitted=False)
    assert site.until(lambda: Incoming.objects.filter(problem__contains="does not say").exists())
    assert Follower.objects.get().actor.actor_id == fedify.actor("camille")
    fedify.does("camille", "move", site.actor.actor_id, target="sasha", admitted=True)
    assert site.until(lambda: Follower.objects.get().actor.actor_id == fedify.actor("sasha"))
    assert site.until(lambda: Following.objects.get().state == "accepted")
    assert Following.objects.get().actor.actor_id == fedify.actor("sasha")


def test_who_blocks_the_collective_is_refused_until_they_take_it_back(site, fedify):
    fedify.does("camille", "follow", site.actor.actor_id)
    assert site.until(lambda: fedify.received("Create"))  # the welcome
    fedify.does("camille", "block", site.actor.actor_id)
    assert site.until(lambda: Block.objects.exists())
    assert not Follower.objects.exists()
    fedify.does("camille", "follow", site.actor.actor_id)
    assert site.until(lambda: fedify.received("Reject"))
    assert not Follower.objects.exists()

    fedify.does("camille", "unblock", site.actor.actor_id)
    assert site.until(lambda: not Block.objects.exists())
    fedify.does("camille", "follow", site.actor.actor_id)
    assert site.until(lambda: Follower.objects.exists())


def test_a_report_reaches_the_animators_with_its_words(site, fedify):
    about = [site.actor.actor_id]
    fedify.does("camille", "flag", site.actor.actor_id, about=about, content="Est-ce bien vrai ?")

    assert site.until(lambda: open_reports(site.collective).exists())
    (report,) = open_reports(site.collective)
    assert (report.objects_named, report.text) == (about, "Est-ce bien vrai ?")
