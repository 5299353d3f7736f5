"""Bluesky through the atproto SDK, over the guarded transport."""

from colibri.networks.base import Registration
from colibri.networks.bluesky.accounts import sign_in
from colibri.networks.bluesky.client import CAPABILITIES, BlueskyNetwork

__all__ = ["CAPABILITIES", "REGISTRATION", "BlueskyNetwork", "sign_in"]


REGISTRATION = Registration(
    CAPABILITIES,
    lambda credentials, address, guard, on_refresh: BlueskyNetwork(address, guard, credentials, on_refresh),
    sign_in,
)
