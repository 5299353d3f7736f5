"""Which server is meant, and who somebody is: addresses, and WebFinger (RFC 7033)."""

import re
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote

from colibri.networks.addresses import Forbidden
from colibri.networks.errors import Gone, NetworkError, Refused, Retryable
from colibri.networks.guard import Guard
from colibri.networks.mastodon.faults import our_errors
from colibri.networks.plain import address_parts
from colibri.networks.transport import fetch

__all__ = [
    "Asked",
    "Names",
    "address_of",
    "asked_for",
    "authority_of",
    "names_under",
    "origin_of",
    "origin_of_host",
]

_HANDLE = re.compile(r"@?([\w.+-]{1,100})@([^\s/@?#]{1,253})")
_DOCUMENTS = {"application/activity+json", "application/ld+json"}
_NAMES_REMEMBERED = 65_536
_LINKS_READ = 100
_HOSTS_REMEMBERED = 10_000
_SILENCE_SECONDS = 600.0


@lru_cache(maxsize=8)
def names_under(guard: Guard) -> "Names":
    """What is remembered under one guard, for every client of this program."""
    return Names(guard)


def origin_of(address: str) -> str:
    """The origin of a server's address: "piaille.fr" is "https://piaille.fr". Raises `Refused`."""
    url = address if "://" in address else f"https://{address}"
    parts = address_parts(url)
    if not parts.netloc or parts.path.strip("/") or parts.query or parts.fragment:
        raise Refused(f"not an address of a server: {address!r}")
    return url.rstrip("/")


def address_of(origin: str) -> str:
    """How a server is remembered: by its host alone, where that says it all."""
    parts = address_parts(origin)
    return parts.netloc if parts.scheme == "https" else origin


def authority_of(url: str) -> str:
    """The host of a URL, with its port where it has one; in lower case."""
    return address_parts(url).netloc.lower()


def origin_of_host(host: str, guard: Guard) -> str:
    """The origin of a host as handles name it: https, but for places of the operator's (`Guard.allow`)."""
    if ":" in host:
        url = f"http://{host}"
        try:
            if guard.allows(guard.check(url)):
                return url
        except Forbidden:
            pass
    return f"https://{host}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody typed: a handle, or the origin of a server."""

    handle: str = ""
    origin: str = ""


def asked_for(who: str, guard: Guard) -> Asked:
    """Read what people type: "marie@piaille.fr", "@marie@piaille.fr", "piaille.fr", the address of a profile.

    Raises `Gone` where it can be neither an account nor a server.
    """
    who = who.strip()
    if found := _HANDLE.fullmatch(who):
        return Asked(handle=f"{found[1]}@{found[2].lower()}")
    if "://" in who:
        parts = address_parts(who)
        # https://mastodon.example/@marie@piaille.fr shows somebody who lives elsewhere.
        if found := _HANDLE.fullmatch(unquote(parts.path.strip("/"))):
            return Asked(handle=f"{found[1]}@{found[2].lower()}")
        origin = f"{parts.scheme.lower()}://{parts.netloc.lower()}"
    else:
        host = who.partition("/")[0].lower()
        if "." not in host and ":" not in host:
            raise Gone(f"neither an account nor a server: {who!r}")
        origin = origin_of_host(host, guard)
    try:
        guard.check(origin)
    except Forbidden as fault:
        raise Gone(f"neither an account nor a server: {who!r}") from fault
    return Asked(origin=origin)


class Names:
    """Who bears a handle, by WebFinger, remembered for as long as the program runs.

    A server that gives no actor URI (Mastodon before 4.2, GoToSocial) names people by handle alone: this is
    what gives them the same identifier as everywhere else.
    """

    def __init__(self, guard: Guard) -> None:
        # Thousands of small servers are asked, and many are no longer there.
        self._guard = replace(
            guard,
            connect_timeout=min(guard.connect_timeout, 5.0),
            total_timeout=min(guard.total_timeout, 10.0),
            max_bytes=min(guard.max_bytes, 256 * 1024),
        )
        self._known: OrderedDict[str, str] = OrderedDict()
        self._silent: dict[str, float] = {}
        self._lock = threading.Lock()

    def actor_of(self, handle: str) -> str:
        """The actor URI behind user@host. Raises `Gone`, `Refused`, `Retryable` or `Unauthorised`.

        Where a host names an actor of another, that one must agree: anybody can claim anybody.
        """
        handle = handle.lower()
        with self._lock:
            if known := self._known.get(handle):
                self._known.move_to_end(handle)
                return known
        user, _, host = handle.partition("@")
        found = self._ask(user, host, origin_of_host(host, self._guard))
        if authority_of(found) != host and self._ask(user, host, _origin(found)) != found:
            raise Refused(f"{host} names {found} as {handle}, which does not agree")
        with self._lock:
            self._known[handle] = found
            if len(self._known) > _NAMES_REMEMBERED:
                self._known.popitem(last=False)
        return found

    def known(self, handle: str) -> str:
        """The same, empty where nobody can tell it now; a host that was silent is left alone for a while."""
        host = handle.partition("@")[2].lower()
        if time.monotonic() < self._silent.get(host, 0.0):
            return ""
        try:
            return self.actor_of(handle)
        except NetworkError as fault:
            if isinstance(fault, Retryable):
                if len(self._silent) > _HOSTS_REMEMBERED:
                    self._silent.clear()
                self._silent[host] = time.monotonic() + _SILENCE_SECONDS
            return ""

    def _ask(self, user: str, host: str, origin: str) -> str:
        subject = quote(f"acct:{user}@{host}", safe=":@")
        url = f"{origin}/.well-known/webfinger?resource={subject}"
        with our_errors(url):
            answer = fetch(self._guard, url, headers={"Accept": "application/jrd+json, application/json"})
            return _self_link(answer.json(), url, self._guard)


def _self_link(document: Any, url: str, guard: Guard) -> str:
    links = document.get("links") if isinstance(document, Mapping) else None
    for link in (links or ())[:_LINKS_READ]:
        kind = str(link.get("type") or "").partition(";")[0].strip()
        href = link.get("href")
        if link.get("rel") == "self" and kind in _DOCUMENTS and isinstance(href, str):
            guard.check(href)
            return href
    raise Gone(f"no actor in {url}")


def _origin(url: str) -> str:
    parts = address_parts(url)
    return f"{parts.scheme}://{parts.netloc}"
