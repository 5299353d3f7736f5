"""Proof of possession: each request is signed by the key its tokens are bound to (RFC 9449)."""

import hashlib
import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

from colibri.networks.jose import Key, base64url

__all__ = ["NONCES", "Nonces", "asks_for_nonce", "origin_of", "proof"]

_ORIGINS_REMEMBERED = 1000


class Nonces:
    """The last nonce each server gave, by origin; a server that was not met yet costs one request more."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, str] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, url: str) -> str:
        """What the server of this URL wants to see, empty where it has not said."""
        with self._lock:
            return self._known.get(origin_of(url), "")

    def note(self, url: str, headers: Mapping[str, str]) -> None:
        """Remember what an answer says."""
        nonce = headers.get("dpop-nonce", "")
        if not nonce:
            return
        with self._lock:
            self._known[origin_of(url)] = nonce
            self._known.move_to_end(origin_of(url))
            if len(self._known) > _ORIGINS_REMEMBERED:
                self._known.popitem(last=False)


NONCES = Nonces()
"""One for the process: clients come and go with each piece of work."""


def origin_of(url: str) -> str:
    """Scheme, host and port of a URL, the port only where it is not the usual one."""
    parts = urlsplit(url)
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    port = f":{parts.port}" if parts.port and parts.port != usual else ""
    return f"{parts.scheme}://{parts.hostname or ''}{port}"


def proof(key: Key, method: str, url: str, *, nonce: str = "", token: str = "") -> str:
    """The header `DPoP` of one request; `token` is the access token sent beside it."""
    parts = urlsplit(url)
    claims: dict[str, str | int] = {
        "jti": secrets.token_urlsafe(16),
        "htm": method,
        "htu": f"{origin_of(url)}{parts.path}",
        "iat": int(datetime.now(UTC).timestamp()),
    }
    if nonce:
        claims["nonce"] = nonce
    if token:
        claims["ath"] = base64url(hashlib.sha256(token.encode()).digest())
    return key.sign({"typ": "dpop+jwt", "jwk": key.public}, claims)


def asks_for_nonce(status: int, headers: Mapping[str, str], error: str = "") -> bool:
    """Whether an answer means: once more, with the nonce I just told."""
    if status not in (400, 401) or not headers.get("dpop-nonce"):
        return False
    return error == "use_dpop_nonce" or "use_dpop_nonce" in headers.get("www-authenticate", "")
