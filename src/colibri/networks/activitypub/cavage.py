"""draft-cavage-http-signatures-12, as the fediverse speaks it: RSA with SHA-256 over named headers."""

import re
from datetime import datetime

from colibri.networks.activitypub.signatures import (
    BadSignature,
    Claim,
    Key,
    Request,
    check_date,
    check_digest,
    decode,
    http_date,
    rsa_signature,
    sha256,
)

__all__ = ["read", "sign"]

_PARAMETER = re.compile(r'\s*([a-zA-Z]+)=(?:"([^"\\]*)"|([0-9]+))\s*(?:,|$)')
_ALGORITHMS = {"", "rsa-sha256", "hs2019"}
"""hs2019 says that the key knows; here all keys are RSA."""


def read(request: Request, *, now: datetime) -> Claim:
    """What a request's Signature header claims. Raises `BadSignature`."""
    found = _parameters(request.headers["signature"])
    if found.get("algorithm", "") not in _ALGORITHMS:
        raise BadSignature("an algorithm that is not known")
    covered = found.get("headers", "").split()
    needed = {"(request-target)", "host", "date"} | ({"digest"} if request.body is not None else set())
    if not needed <= set(covered) or len(set(covered)) != len(covered):
        raise BadSignature(f"the signature must cover {', '.join(sorted(needed))}")
    if not found.get("keyId") or not found.get("signature"):
        raise BadSignature("no key or no signature")
    signed = _signed(request, covered)
    check_date(request.headers["date"], now)
    if request.body is not None:
        check_digest(_digest(request.headers["digest"]), request.body)
    return Claim(found["keyId"], signed, decode(found["signature"]))


def sign(request: Request, key: Key, *, now: datetime) -> dict[str, str]:
    """The headers of a signed request."""
    headers = {**request.headers, "host": request.host, "date": http_date(now)}
    covered = ["(request-target)", "host", "date"]
    if request.body is not None:
        headers["digest"] = f"SHA-256={sha256(request.body)}"
        covered += ["digest", "content-type"]
    signed = _signed(Request(request.method, request.url, headers, request.body), covered)
    headers["signature"] = (
        f'keyId="{key.key_id}",algorithm="rsa-sha256",headers="{" ".join(covered)}",'
        f'signature="{rsa_signature(key.pem, signed)}"'
    )
    return headers


def _parameters(header: str) -> dict[str, str]:
    """Two Signature headers arrive joined by a comma: a name that stands twice is refused."""
    found: dict[str, str] = {}
    at = 0
    while at < len(header):
        part = _PARAMETER.match(header, at)
        if part is None or part[1] in found:
            raise BadSignature("a signature that cannot be read, or two")
        found[part[1]] = part[2] if part[2] is not None else part[3]
        at = part.end()
    return found


def _signed(request: Request, covered: list[str]) -> bytes:
    lines = []
    for name in covered:
        if name == "(request-target)":
            lines.append(f"{name}: {request.method.lower()} {request.target}")
        elif name.startswith("(") or name not in request.headers:
            raise BadSignature(f"{name} is covered and not there")
        else:
            lines.append(f"{name}: {request.headers[name].strip()}")
    return "\n".join(lines).encode()


def _digest(header: str) -> str:
    digests = [one.strip() for one in header.split(",")]
    found = [one.partition("=")[2] for one in digests if one.lower().startswith("sha-256=")]
    if len(found) != 1:
        raise BadSignature("no SHA-256 digest, or several")
    return found[0]
