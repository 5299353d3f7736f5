"""HTTP Message Signatures (RFC 9421), the part the fediverse speaks: one signature, RSA v1.5 with SHA-256."""

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

from colibri.networks.activitypub.signatures import (
    BadSignature,
    Claim,
    Key,
    Request,
    check_digest,
    check_moment,
    decode,
    rsa_signature,
    sha256,
)

__all__ = ["read", "sign"]

_INPUT = re.compile(
    r'\s*([a-z*][a-z0-9_.*-]*)=\(((?:"[^"\\]+"(?: "[^"\\]+")*)?)\)((?:;[a-z]+=(?:"[^"\\]*"|[0-9]{1,15}))*)\s*'
)
_PARAMETER = re.compile(r';([a-z]+)=(?:"([^"]*)"|([0-9]+))')
_SIGNATURE = re.compile(r"\s*([a-z*][a-z0-9_.*-]*)=:([A-Za-z0-9+/=]+):\s*")
_DIGEST = re.compile(r"(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]+):\s*(?=,|$)")
_LABEL = "sig1"


def read(request: Request, *, now: datetime) -> Claim:
    """What a request's Signature-Input and Signature claim. Raises `BadSignature`."""
    declared = _INPUT.fullmatch(request.headers["signature-input"])
    given = _SIGNATURE.fullmatch(request.headers["signature"])
    if declared is None or given is None or declared[1] != given[1]:
        raise BadSignature("a signature that cannot be read, or two")
    covered = re.findall(r'"([^"]+)"', declared[2])
    found = _PARAMETER.findall(declared[3])
    parameters = {name: text or number for name, text, number in found}
    if len(parameters) != len(found) or len(set(covered)) != len(covered):
        raise BadSignature("something stands twice")
    _check_covered(request, set(covered))
    if parameters.get("alg", "rsa-v1_5-sha256") != "rsa-v1_5-sha256":
        raise BadSignature("an algorithm that is not known")
    _check_moments(parameters, now)
    if not parameters.get("keyid"):
        raise BadSignature("no key")
    if request.body is not None:
        digests = _DIGEST.findall(request.headers.get("content-digest", ""))
        if len(digests) != 1:
            raise BadSignature("no SHA-256 digest, or several")
        check_digest(digests[0], request.body)
    inner = request.headers["signature-input"].strip().partition("=")[2]
    return Claim(parameters["keyid"], _signed(request, covered, inner), decode(given[2]))


def sign(request: Request, key: Key, *, now: datetime) -> dict[str, str]:
    """The headers of a signed request."""
    headers = dict(request.headers)
    covered = ["@method", "@target-uri"]
    if request.body is not None:
        headers["content-digest"] = f"sha-256=:{sha256(request.body)}:"
        covered += ["content-digest", "content-type"]
    names = " ".join(f'"{name}"' for name in covered)
    inner = f'({names});created={int(now.timestamp())};keyid="{key.key_id}";alg="rsa-v1_5-sha256"'
    signed = _signed(Request(request.method, request.url, headers, request.body), covered, inner)
    headers["signature-input"] = f"{_LABEL}={inner}"
    headers["signature"] = f"{_LABEL}=:{rsa_signature(key.pem, signed)}:"
    return headers


def _check_covered(request: Request, covered: set[str]) -> None:
    target = "@target-uri" in covered or (
        "@authority" in covered and ({"@path", "@query"} <= covered or "@request-target" in covered)
    )
    if "@authority" in covered and "@path" in covered and not urlsplit(request.url).query:
        target = True
    body = request.body is None or "content-digest" in covered
    if "@method" not in covered or not target or not body:
        raise BadSignature("the signature must cover method, target and digest")


def _check_moments(parameters: dict[str, str], now: datetime) -> None:
    try:
        check_moment(datetime.fromtimestamp(int(parameters["created"]), UTC), now)
        expires = parameters.get("expires")
        if expires is not None and datetime.fromtimestamp(int(expires), UTC) < now:
            raise BadSignature("the signature has expired")
    except (KeyError, ValueError, OverflowError, OSError) as fault:
        raise BadSignature("no moment") from fault


def _signed(request: Request, covered: list[str], inner: str) -> bytes:
    parts = urlsplit(request.url)
    derived = {
        "@method": request.method.upper(),
        "@target-uri": request.url,
        "@authority": request.host,
        "@scheme": parts.scheme.lower(),
        "@request-target": request.target,
        "@path": parts.path or "/",
        "@query": f"?{parts.query}",
    }
    lines = []
    for name in covered:
        value = derived.get(name, request.headers.get(name))
        if value is None or (name.startswith("@") and name not in derived):
            raise BadSignature(f"{name} is covered and not there")
        lines.append(f'"{name}": {value.strip()}')
    return "\n".join([*lines, f'"@signature-params": {inner}']).encode()
