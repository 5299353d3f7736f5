"""Proving control of a Bluesky account by its handle and an app password."""

from typing import Any

from colibri.networks.addresses import Forbidden
from colibri.networks.bluesky.client import BlueskyNetwork, services
from colibri.networks.bluesky.faults import our_errors
from colibri.networks.bluesky.session import XrpcSession
from colibri.networks.errors import Gone, Refused, Unauthorised
from colibri.networks.guard import Guard
from colibri.networks.items import Actor
from colibri.networks.transport import fetch

__all__ = ["sign_in"]

_DIRECTORY = "https://plc.directory"


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
    appview = XrpcSession(services("", signed_in=False)[0], guard)
    try:
        did = str(appview.ask("com.atproto.identity.resolveHandle", handle=handle)["did"])
        return _service_in(_document_of(did, guard)), did
    except (Gone, Refused, KeyError) as fault:
        raise Unauthorised(f"no account {handle!r}") from fault
    finally:
        appview.close()


def _document_of(did: str, guard: Guard) -> dict[str, Any]:
    method, _, name = did.removeprefix("did:").partition(":")
    if method == "plc" and name.isalnum():
        url = f"{_DIRECTORY}/{did}"
    elif method == "web" and ":" not in name and "%" not in name:
        url = f"https://{name}/.well-known/did.json"
    else:
        raise Forbidden(f"not an identifier: {did!r}")
    with our_errors(f"the document of {did}"):
        document = fetch(guard, url).json()
    if not isinstance(document, dict) or document.get("id") != did:
        raise Refused(f"the document of {did} is another's")
    return document


def _service_in(document: dict[str, Any]) -> str:
    for service in document.get("service") or ():
        if str(service.get("id", "")).endswith("#atproto_pds"):
            return str(service["serviceEndpoint"])
    raise Refused("an account without a server")
