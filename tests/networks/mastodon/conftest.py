"""Two people on a server, and clients signed in as them."""

import pytest

from colibri.networks.mastodon import MastodonNetwork
from tests.networks.mastodon.story import network_as
from tests.peers.mastodon.world import Account


@pytest.fixture
def ada(any_mastodon) -> Account:
    return any_mastodon.open_account("ada", name="Ada", note="Comptable à Lyon #EnVeille")


@pytest.fixture
def bob(any_mastodon) -> Account:
    return any_mastodon.open_account("bob")


@pytest.fixture
def mine(ada) -> MastodonNetwork:
    return network_as(ada)


@pytest.fixture
def theirs(bob) -> MastodonNetwork:
    return network_as(bob)
