"""Bluesky through the atproto SDK, over the guarded transport."""

from colibri.networks.base import Registration
from colibri.networks.bluesky.accounts import sign_in
from colibri.networks.bluesky.client import CAPABILITIES, BlueskyNetwork
from colibri.networks.bluesky.oauth import BlueskyOAuth, client_metadata

__all__ = ["CAPABILITIES", "REGISTRATION", "BlueskyNetwork", "BlueskyOAuth", "client_metadata", "sign_in"]


REGISTRATION = Registration(
    CAPABILITIES,
    lambda credentials, address, guard, on_refresh: BlueskyNetwork(address, guard, credentials, on_refresh),
    sign_in,
    BlueskyOAuth(),
    client_metadata,
)
