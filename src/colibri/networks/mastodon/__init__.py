"""Mastodon, and what speaks its API, through Mastodon.py over the guarded transport."""

from colibri.networks.base import Registration
from colibri.networks.mastodon.client import CAPABILITIES, MastodonNetwork
from colibri.networks.mastodon.oauth import MastodonOAuth

__all__ = ["CAPABILITIES", "REGISTRATION", "MastodonNetwork", "MastodonOAuth"]


REGISTRATION = Registration(
    CAPABILITIES,
    lambda credentials, address, guard, on_refresh: MastodonNetwork(address, guard, credentials),
    oauth=MastodonOAuth(),
)
