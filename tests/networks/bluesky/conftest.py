"""Two people with real accounts on a real PDS."""

import pytest

from colibri.networks.bluesky import BlueskyNetwork, sign_in
from tests.peers.bluesky_peer import GUARD, Member


@pytest.fixture
def ada(bluesky) -> Member:
    return bluesky.create_account("ada", biography="Comptable à Lyon")


@pytest.fixture
def bob(bluesky) -> Member:
    return bluesky.create_account("bob")


@pytest.fixture
def network_of(bluesky):
    def make(member: Member) -> BlueskyNetwork:
        _, credentials = sign_in(member.handle, member.password, bluesky.address, GUARD)
        return BlueskyNetwork(bluesky.address, GUARD, credentials)

    return make
