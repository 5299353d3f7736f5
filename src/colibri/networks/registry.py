"""Every network by its name. Adding one is adding its line here: see docs/reference/networks.md."""

from collections.abc import Mapping

from colibri.networks import bluesky
from colibri.networks.base import Capabilities, Network, OnRefresh, Registration
from colibri.networks.guard import Guard
from colibri.networks.items import Actor
from colibri.networks.memory import worlds

__all__ = ["CAPABILITIES", "connect", "sign_in"]

_NETWORKS: dict[str, Registration] = {
    "memory": worlds.REGISTRATION,
    "bluesky": bluesky.REGISTRATION,
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
    return _NETWORKS[name].sign_in(handle, secret, address, guard)
