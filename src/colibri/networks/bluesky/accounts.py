"""Proving control of a Bluesky account by its handle and an app password."""

from colibri.networks.bluesky.client import BlueskyNetwork, services
from colibri.networks.bluesky.directory import Directory
from colibri.networks.bluesky.session import XrpcSession
from colibri.networks.errors import Gone, Refused, Unauthorised
from colibri.networks.guard import Guard
from colibri.networks.items import Actor

__all__ = ["sign_in"]

DIRECTORY = Directory()


def sign_in(handle: str, secret: str, address: str, guard: Guard) -> tuple[Actor, dict[str, str]]:
    """The actor and the credentials to keep.

    On the public network (an empty address) the account's own server is looked for first, so
    that people who host themselves can sign in. Raises `Unauthorised` where handle and password
    do not go together.
    """
    handle = handle.strip().removeprefix("@")
    service, did = (services(address, signed_in=True)[0], "") if address else _home_of(handle, guard)
    session = XrpcSession(service, guard)
    try:
        session.log_in(handle, secret.strip())
        credentials = session.credentials
    finally:
        session.close()
    if did and session.did != did:
        # Anybody's own server can say that its visitor is somebody else.
        raise Unauthorised(f"{service} signs {handle} in as {session.did}, who is another")
    network = BlueskyNetwork(address, guard, credentials)
    try:
        return network.fetch_actor(session.did), credentials
    finally:
        network.close()


def _home_of(handle: str, guard: Guard) -> tuple[str, str]:
    """The server that keeps an account and whom it must sign in, empty where the server may say."""
    entryway, _ = services("", signed_in=True)
    if "@" in handle or handle.endswith(".bsky.social"):
        return entryway, ""
    try:
        home = DIRECTORY.home_of(handle, guard)
    except (Gone, Refused) as fault:
        raise Unauthorised(f"no account {handle!r}") from fault
    return home.pds, home.did
