"""No byte of the Mastodon client goes round the guard."""

from contextlib import closing

import pytest

from colibri.networks.addresses import Forbidden
from colibri.networks.errors import Gone, Refused, Unauthorised
from colibri.networks.guard import Guard
from colibri.networks.items import PostRef
from colibri.networks.mastodon import MastodonNetwork, MastodonOAuth
from colibri.networks.mastodon.servers import Names
from tests.networks.mastodon.story import CLIENT, QUICK, publish, say, started, until
from tests.networks.only_way import only_way
from tests.peers.mastodon.flavours import GOTOSOCIAL, MASTODON, OLD_MASTODON
from tests.peers.mastodon_peer import GUARD

NAME = "piaf.colibri.test"


@pytest.fixture
def only_the_guards_way():
    with only_way(NAME) as guard:
        yield guard


@pytest.mark.parametrize("flavour", [MASTODON, OLD_MASTODON, GOTOSOCIAL], ids=lambda one: one.name)
def test_every_verb_and_both_kinds_of_stream_use_the_guards_connections_alone(
    new_server, only_the_guards_way, flavour
):
    guard = only_the_guards_way
    world = new_server(flavour, NAME)
    other = new_server(MASTODON, NAME)
    ada, eve = world.open_account("ada"), other.open_account("eve")
    world.follow(eve, ada)
    elsewhere = other.post(eve, "Ailleurs #i4emploiR")
    oauth = MastodonOAuth()
    grant = oauth.begin(f"ada@{world.authority}", CLIENT, {}, guard)
    signed = oauth.finish(grant.kept, say(grant, "ada", through=guard), CLIENT, guard)
    network = MastodonNetwork(signed.address, guard, signed.credentials, pace=QUICK)
    with closing(network.listen(["i4emploiR"], reply_to_actor=ada.uri)) as stream:
        started(stream)
        assert len(world.listeners) == 1
        post = publish(network)
        assert until(stream)[0].uri == post.uri
    network.fetch_post(post.uri)
    network.fetch_actor(eve.handle)
    assert network.fetch_followers(ada.uri).items[0].id == eve.uri
    network.fetch_interactions(ada.uri)
    network.boost(PostRef(elsewhere.uri), key=network.new_key())
    network.undo_boost(PostRef(elsewhere.uri), key="")
    network.reply(PostRef(elsewhere.uri), "Bonjour", key=network.new_key())
    network.delete(post.uri)
    other.delete(elsewhere)
    with pytest.raises(Gone):
        network.fetch_post(elsewhere.uri)
    oauth.revoke(signed.credentials, signed.address, CLIENT, guard)


def test_a_server_inside_is_forbidden_for_requests_and_for_streams(mastodon):
    network = MastodonNetwork("https://piaille.example", Guard(resolver=lambda host, port: ["127.0.0.1"]))
    with pytest.raises(Forbidden):
        network.fetch_actor("ada")
    with pytest.raises(Forbidden):
        next(network.listen(["x"]))
    for address in (mastodon.origin, "https://0x7f.1", "https://user@x.fr", "piaille.fr/path", "", "ftp://x"):
        with pytest.raises(Refused):
            MastodonNetwork(address, Guard())


def test_a_server_cannot_send_its_visitors_stream_inside(mastodon, monkeypatch):
    ada = mastodon.open_account("ada")
    inside = "ws://127.1:80"
    monkeypatch.setattr(
        "tests.peers.mastodon.api.instance_json",
        lambda world: {
            "domain": world.authority,
            "version": "4.3.0",
            "configuration": {"urls": {"streaming": inside}},
        },
    )
    network = MastodonNetwork(mastodon.origin, GUARD, {"token": mastodon.token_of(ada)}, pace=QUICK)
    with closing(network.listen(["a"])) as stream:
        started(stream)
        status = mastodon.post(ada, "#a")
        assert until(stream)[0].uri == status.uri
    assert network.about.streaming == "http://127.1:80"


def test_a_token_that_names_a_file_is_not_read_from_it(mastodon, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("the first line of a file of ours\n")
    network = MastodonNetwork(mastodon.origin, GUARD, {"token": str(secret)})
    assert network._session._api.access_token == str(secret)
    with pytest.raises(Unauthorised):
        network.whoami()


@pytest.mark.parametrize("token", ["", "a b", "a\nHost: x", "é"])
def test_a_token_no_server_gave_is_unauthorised_before_anything_is_sent(token):
    with pytest.raises(Unauthorised):
        MastodonNetwork("piaille.fr", GUARD, {"token": token})


def test_a_host_cannot_name_the_actor_of_another_as_its_own(new_server, monkeypatch):
    honest, hostile = new_server(MASTODON), new_server(MASTODON)
    marie = honest.open_account("marie")
    mallory = hostile.open_account("mallory")
    monkeypatch.setattr(
        type(mallory), "uri", property(lambda self: f"{honest.origin}/users/marie"), raising=True
    )
    names = Names(GUARD)
    assert names.actor_of(marie.handle) == f"{honest.origin}/users/marie"
    with pytest.raises((Gone, Refused)):
        names.actor_of(mallory.handle)
    assert names.known(mallory.handle) == ""
