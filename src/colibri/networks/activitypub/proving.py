"""Signing requests and reading their signatures, of either kind."""

from datetime import datetime

from colibri.networks.activitypub import cavage, message_signatures
from colibri.networks.activitypub.signatures import BadSignature, Claim, Key, Request

__all__ = ["CAVAGE", "RFC9421", "read_claim", "sign"]

CAVAGE, RFC9421 = "cavage", "rfc9421"


def read_claim(request: Request, *, now: datetime) -> Claim:
    """Read a request's one signature, and check the digest of its body.

    The signature itself is checked by `signatures.verify`, once the key is known. Raises `BadSignature` where
    it covers too little, is old, or is several.
    """
    if not request.headers.get("signature"):
        raise BadSignature("not signed")
    if "signature-input" in request.headers:
        return message_signatures.read(request, now=now)
    return cavage.read(request, now=now)


def sign(request: Request, key: Key, *, now: datetime, kind: str = CAVAGE) -> dict[str, str]:
    """The headers to send: the request's own, and those that prove it."""
    if kind == RFC9421:
        return message_signatures.sign(request, key, now=now)
    return cavage.sign(request, key, now=now)
