"""Networks by their name."""

import pytest

from colibri.networks import registry
from colibri.networks.errors import Refused, Unauthorised
from colibri.networks.guard import Guard
from colibri.networks.items import Draft
from colibri.networks.memory import World, worlds

GUARD = Guard()


@pytest.fixture
def address():
    world = World()
    world.open_account("ada", "Ada")
    address = worlds.register("registry-test", world)
    yield address
    worlds.forget(address)


def test_every_network_says_what_it_can():
    assert set(registry.CAPABILITIES) == {"memory", "bluesky", "mastodon"}
    assert registry.CAPABILITIES["bluesky"].character_limit == 300
    assert all(known.label and known.character_limit for known in registry.CAPABILITIES.values())


def test_signing_in_gives_the_actor_and_credentials_that_connect(address):
    token = worlds.door_at(address).token_of("ada")
    actor, credentials = registry.sign_in("memory", "@ada", token, address, GUARD)
    assert (actor.id, credentials) == ("memory:ada", {"token": token})
    network = registry.connect("memory", credentials=credentials, address=address, guard=GUARD)
    assert network.whoami() == actor
    assert network.publish(Draft("Bonjour", network.new_key())).uri.startswith("memory:ada/posts/")


def test_without_credentials_one_is_nobody(address):
    network = registry.connect("memory", credentials=None, address=address, guard=GUARD)
    assert network.fetch_actor("ada").name == "Ada"
    with pytest.raises(Unauthorised):
        network.whoami()


def test_a_token_of_somebody_else_or_of_nobody_signs_nobody_in(address):
    world = worlds.door_at(address)
    world.open_account("bob")
    for secret in (world.token_of("bob"), "nonsense", "ada.nonsense", "é.é", ""):
        with pytest.raises(Unauthorised):
            registry.sign_in("memory", "ada", secret, address, GUARD)


@pytest.mark.parametrize("address", ["memory:nowhere", "", "http://10.0.0.1:80", "https://example.org"])
def test_an_address_that_leads_nowhere_is_refused(address):
    with pytest.raises(Refused):
        registry.connect("memory", credentials=None, address=address, guard=GUARD)


def test_an_unknown_network_is_named():
    with pytest.raises(KeyError, match="friendster"):
        registry.connect("friendster", credentials=None, address="", guard=GUARD)


@pytest.mark.parametrize(
    "address",
    ["http://pds.example.org", "https://user@pds.example.org", "https://0x7f.1", "ftp://x", "a b c"],
)
def test_a_bluesky_address_that_may_not_be_reached_is_refused_at_once(address):
    with pytest.raises(Refused):
        registry.connect("bluesky", credentials=None, address=address, guard=GUARD)


def test_a_bluesky_client_of_the_public_network_is_made_without_a_word_sent():
    network = registry.connect("bluesky", credentials=None, address="", guard=GUARD)
    assert network.name == "bluesky"
    assert network.share_link("Bonjour à tous", "https://exemple.fr/?a=1") == (
        "https://bsky.app/intent/compose?text=Bonjour+%C3%A0+tous+https%3A%2F%2Fexemple.fr%2F%3Fa%3D1"
    )
    network.close()
