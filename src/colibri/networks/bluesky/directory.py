"""Who an account is: from handle to identifier, to its document, to the server that keeps it."""

from dataclasses import dataclass
from typing import Any

from colibri.networks.addresses import Forbidden
from colibri.networks.bluesky.dpop import origin_of
from colibri.networks.bluesky.faults import our_errors
from colibri.networks.bluesky.session import XrpcSession
from colibri.networks.errors import Gone, Refused
from colibri.networks.guard import Guard
from colibri.networks.transport import fetch

__all__ = ["Directory", "Home", "bare_handle"]


@dataclass(frozen=True, slots=True)
class Home:
    """An account and the origin of the server that keeps it."""

    did: str
    pds: str


@dataclass(frozen=True, slots=True)
class Directory:
    """Where identifiers and handles are looked up; by default those of the public network."""

    plc: str = "https://plc.directory"
    resolver: str = "https://public.api.bsky.app"

    def did_of(self, handle: str, guard: Guard) -> str:
        """The identifier a handle claims: half of the proof, its document must name the handle too.

        Raises `Gone` where nobody has it.
        """
        session = XrpcSession(self.resolver, guard)
        try:
            answer = session.ask("com.atproto.identity.resolveHandle", handle=handle)
            return str(answer["did"])
        except (Gone, Refused, KeyError) as fault:
            raise Gone(f"no account {handle!r}") from fault
        finally:
            session.close()

    def document(self, did: str, guard: Guard) -> dict[str, Any]:
        """The document of an identifier. Raises `Forbidden` where it is none, `Refused` for another's."""
        method, _, name = did.removeprefix("did:").partition(":")
        if did.startswith("did:plc:") and name.isalnum() and name.isascii():
            url = f"{self.plc}/{did}"
        elif method == "web" and name and not set(name) & set(":%/?#@\\"):
            url = f"https://{name}/.well-known/did.json"
        else:
            raise Forbidden(f"not an identifier: {did!r}")
        with our_errors(f"the document of {did}"):
            document = fetch(guard, url).json()
        if not isinstance(document, dict) or document.get("id") != did:
            raise Refused(f"the document of {did} is another's")
        return document

    def home_of(self, who: str, guard: Guard) -> Home:
        """Where the account of a handle or an identifier lives. Raises `Gone` where there is none."""
        handle = "" if who.startswith("did:") else bare_handle(who)
        did = self.did_of(handle, guard) if handle else who
        document = self.document(did, guard)
        names = document.get("alsoKnownAs")
        claimed = [str(name).lower() for name in names] if isinstance(names, list) else []
        if handle and f"at://{handle}" not in claimed:
            raise Gone(f"{did} does not call itself {handle!r}")
        return Home(did, _server_in(document, guard))


def bare_handle(typed: str) -> str:
    """A handle as people type it, without what they type around it."""
    return typed.strip().removeprefix("@").lower()


def _server_in(document: dict[str, Any], guard: Guard) -> str:
    for service in document.get("service") or ():
        if isinstance(service, dict) and str(service.get("id", "")).endswith("#atproto_pds"):
            endpoint = str(service.get("serviceEndpoint", ""))
            guard.check(endpoint)
            return origin_of(endpoint)
    raise Refused("an account without a server")
