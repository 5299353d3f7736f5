"""However other servers spell an address inside, nothing of ours connects to it."""

import json
import socket

import pytest
from django.core.cache import cache
from django.utils import timezone

from colibri.federation.actions.actors import asker, fetch_peer
from colibri.federation.actions.following import follow
from colibri.federation.models import Incoming, RemoteActor
from colibri.networks.errors import NetworkError, Refused, Retryable
from colibri.networks.guard import Guard
from colibri.networks.items import PostRef
from colibri.people.actions import client_for
from tests.networks.spellings import INSIDE, STRANGE

LITERAL = [f"https://[{one}]/" if ":" in one else f"https://{one}/" for one in INSIDE]


@pytest.fixture(params=["by its address", "by a name"])
def places(request, home, settings, monkeypatch):
    """Addresses to lead us to, with a guard as the public has it; whoever connects fails the test."""
    cache.clear()
    named = request.param == "by a name"
    settings.GUARD = Guard(resolver=lambda host, port: ["127.0.0.1"] if named else [host])

    def never(*where, **how):
        pytest.fail(f"connected to {where}")

    monkeypatch.setattr(socket, "create_connection", never)
    return ["https://ailleurs.example/"] if named else [*LITERAL, *STRANGE]


def test_no_question_of_ours_goes_there(home, places):
    actor = client_for(home.actor)
    for place in places:
        where = f"{place}users/camille"
        for ask in (
            lambda where=where: fetch_peer(where),
            lambda where=where: asker(home.actor).document(where),
            lambda where=where: asker(home.actor).deliver(where, b"{}"),
            lambda where=where: follow(home.collective, where, now=timezone.now()),
            lambda where=where: actor.fetch_post(where),
            lambda where=where: actor.boost(PostRef(where), key=actor.new_key()),
        ):
            with pytest.raises(NetworkError) as fault:
                ask()
            assert not isinstance(fault.value, Retryable), place
        if place not in STRANGE:  # a handle has no room for two readings: what follows its last @ is the host
            with pytest.raises(Refused):
                actor.fetch_actor(f"camille@{place.removeprefix('https://').rstrip('/')}")
    assert RemoteActor.objects.count() == 0


def test_no_activity_makes_us_ask_there_whose_key_it_is(home, camille, places):
    for place in places:
        cache.clear()
        actor = f"{place}users/camille"
        activity = {"id": f"{actor}/1", "type": "Follow", "actor": actor, "object": home.actor.actor_id}
        body = json.dumps(activity).encode()
        answer = home.post(body, camille.signed(home.inbox, body, key_id=f"{actor}#main-key"))
        assert answer.status_code in (400, 401), place
    assert (Incoming.objects.count(), RemoteActor.objects.count()) == (0, 0)


def test_no_actor_has_its_inbox_there(home, camille):
    for place in (*LITERAL, *STRANGE):
        camille.show(inbox=f"{place}inbox")
        with pytest.raises(Refused):
            fetch_peer(camille.id)
