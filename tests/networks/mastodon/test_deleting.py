"""Deleting what was published when nobody told its URI."""

from datetime import UTC, datetime, timedelta

import pytest

from colibri.networks.errors import Refused, Retryable
from colibri.networks.items import Draft
from colibri.networks.mastodon import MastodonNetwork
from tests.networks.mastodon.story import network_as, publish, writes
from tests.peers.mastodon_peer import GUARD


@pytest.fixture
def ada(mastodon):
    return mastodon.open_account("ada")


def lost(world, network, text="Perdue #i4emploiR"):
    """The key of a post that stands, whose answer never came."""
    draft = Draft(text, network.new_key())
    world.fail("^/api/v1/statuses$", "lost")
    with pytest.raises(Retryable):
        network.publish(draft)
    return draft.key


def standing(world):
    return [one.text for _, one in world.timeline(lambda one: True)]


def test_the_post_of_a_key_is_deleted_and_no_other(mastodon, ada):
    network = network_as(ada)
    publish(network, "Avant")
    key = lost(mastodon, network)
    publish(network, "Après")
    network_as(ada).delete("", key=key)
    assert standing(mastodon) == ["Après", "Avant"]


def test_a_key_under_which_nothing_was_published_deletes_nothing_and_leaves_nothing(mastodon, ada):
    network = network_as(ada)
    key = network.new_key()
    network.delete("", key=key)
    publish(network, "Après")
    network.delete("", key=key)
    assert standing(mastodon) == ["Après"]


def test_where_nobody_remembers_keys_no_other_post_is_deleted(gotosocial):
    network = network_as(gotosocial.open_account("ada"))
    key = lost(gotosocial, network)
    with pytest.raises(Refused, match="no longer tells"):
        network.delete("", key=key)
    assert standing(gotosocial) == ["Perdue #i4emploiR"]


def test_a_key_too_old_to_be_remembered_deletes_no_other_post(mastodon, ada):
    key = lost(mastodon, network_as(ada))
    mastodon.keys.clear()
    credentials = {"token": mastodon.token_of(ada)}
    later = datetime.now(UTC) + timedelta(hours=2)
    network = MastodonNetwork(mastodon.origin, GUARD, credentials, now=lambda: later)
    with pytest.raises(Refused, match="no longer tells"):
        network.delete("", key=key)
    assert standing(mastodon) == ["Perdue #i4emploiR"]
    assert len(writes(mastodon, "delete")) == 1  # the question itself
