"""Every network by its name. Adding one is adding its line here: see docs/reference/networks.md."""

from collections.abc import Mapping
from typing import Any

from colibri.networks import bluesky, mastodon
from colibri.networks.base import Capabilities, Client, Network, OAuth, OnRefresh, Registration
from colibri.networks.errors import Refused
from colibri.networks.guard import Guard
from colibri.networks.items import Actor
from colibri.networks.memory import worlds

__all__ = ["CAPABILITIES", "client_document", "connect", "oauth", "sign_in", "takes_secret"]

_NETWORKS: dict[str, Registration] = {
    "memory": worlds.REGISTRATION,
    "bluesky": bluesky.REGISTRATION,
    "mastodon": mastodon.REGISTRATION,
}

CAPABILITIES: dict[str, Capabilities] = {name: known.capabilities for name, known in _NETWORKS.items()}


def connect(
    name: str,
    *,
    credentials: Mapping[str, str] | None,
    address: str,
    guard: Guard,
    on_refresh: OnRefresh | None = None,
) -> Network:
    """A client of the network, signed in by `credentials` or, without them, anonymous.

    `address` says which server, in the network's own way; empty is the public network.
    `on_refresh` receives new credentials each time they change: keep them sealed, for the old
    ones die. Raises `KeyError` for a network that is not here and `Refused` or `Unauthorised`
    where address or credentials cannot be good; nothing is sent yet.
    """
    return _NETWORKS[name].connect(credentials, address, guard, on_refresh)


def sign_in(name: str, handle: str, secret: str, address: str, guard: Guard) -> tuple[Actor, dict[str, str]]:
    """Prove control of an account; returns the actor and the credentials `connect` takes.

    `secret` is an app password on Bluesky, the token on the network in memory. It is not kept.
    Raises `Unauthorised` where it is not good.
    """
    by_secret = _NETWORKS[name].sign_in
    if by_secret is None:
        raise Refused(f"{name} takes no secrets")
    return by_secret(handle, secret, address, guard)


def oauth(name: str) -> OAuth | None:
    """How people sign in on their own server of this network, None where it knows no such thing."""
    return _NETWORKS[name].oauth


def client_document(client: Client) -> dict[str, Any]:
    """What servers read about this installation before anybody signs in there."""
    return {
        name: value
        for known in _NETWORKS.values()
        if known.client_document is not None
        for name, value in known.client_document(client).items()
    }


def takes_secret(name: str) -> bool:
    """Whether an account of this network can be proven by a secret typed here."""
    return _NETWORKS[name].sign_in is not None
