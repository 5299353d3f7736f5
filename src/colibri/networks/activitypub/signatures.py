"""What both kinds of HTTP signatures share: requests, keys, digests, moments.

A signature is good when it covers method, target, host, date and body, the moment is near, the digest is the
body's, and the key fits. Whose key it is, is for others to say.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

__all__ = [
    "SKEW",
    "BadSignature",
    "Claim",
    "Key",
    "Request",
    "check_date",
    "check_digest",
    "check_moment",
    "decode",
    "http_date",
    "make_key",
    "rsa_signature",
    "sha256",
    "verify",
]

SKEW = timedelta(hours=1)
"""How far a sender's clock may be off: by summer time and no more, since a copy can be replayed as long."""
RSA_SMALLEST, RSA_LARGEST = 2048, 8192


class BadSignature(Exception):
    """The request is not proven to come from whom it says."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a signature speaks of; header names are lower case, `url` as the caller wrote it."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None = None  # None: it carries none

    @property
    def target(self) -> str:
        parts = urlsplit(self.url)
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc.lower()


@dataclass(frozen=True, slots=True)
class Claim:
    """What a request says of its signature, before anything is believed."""

    key_id: str
    signed: bytes  # what the signature covers
    signature: bytes


@dataclass(frozen=True, slots=True)
class Key:
    """A private key by its public address."""

    key_id: str
    pem: str = field(repr=False)


def make_key() -> tuple[str, str]:
    """A new RSA key: private and public PEM."""
    made = rsa.generate_private_key(public_exponent=65537, key_size=RSA_SMALLEST)
    private = made.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = made.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return private.decode(), public.decode()


def verify(claim: Claim, public_pem: str) -> None:
    """Check a claim with a public key. Raises `BadSignature`."""
    try:
        key = serialization.load_pem_public_key(public_pem.encode())
    except (ValueError, TypeError, UnsupportedAlgorithm) as fault:
        raise BadSignature("no key that can be read") from fault
    if not isinstance(key, rsa.RSAPublicKey) or not RSA_SMALLEST <= key.key_size <= RSA_LARGEST:
        raise BadSignature("not an RSA key of a usual size")
    try:
        key.verify(claim.signature, claim.signed, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature as fault:
        raise BadSignature("the signature does not fit") from fault


def rsa_signature(pem: str, signed: bytes) -> str:
    """RSASSA-PKCS1-v1_5 with SHA-256, in base64."""
    key = _private(pem)
    return base64.b64encode(key.sign(signed, padding.PKCS1v15(), hashes.SHA256())).decode()


@lru_cache(maxsize=64)  # reading a key checks it, which takes longer than signing
def _private(pem: str) -> rsa.RSAPrivateKey:
    key = serialization.load_pem_private_key(pem.encode(), None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("not an RSA key")
    return key


def sha256(body: bytes) -> str:
    """A digest as headers carry it."""
    return base64.b64encode(hashlib.sha256(body).digest()).decode()


def decode(text: str) -> bytes:
    """Strict base64. Raises `BadSignature`."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as fault:
        raise BadSignature("no base64") from fault


def check_digest(digest: str, body: bytes) -> None:
    """Raises `BadSignature` where a digest in base64 is not the body's."""
    if not hmac.compare_digest(decode(digest), hashlib.sha256(body).digest()):
        raise BadSignature("the digest is not the body's")


def check_moment(moment: datetime, now: datetime) -> None:
    """Raises `BadSignature` where it is too far away."""
    if abs(now - moment) > SKEW:
        raise BadSignature("signed too long ago, or in the future")


def check_date(header: str, now: datetime) -> None:
    """As `check_moment`, for an HTTP date."""
    try:
        moment = parsedate_to_datetime(header)
    except (ValueError, TypeError, IndexError, OverflowError) as fault:
        raise BadSignature("no date") from fault
    check_moment(moment if moment.tzinfo else moment.replace(tzinfo=UTC), now)


def http_date(now: datetime) -> str:
    """A moment as the Date header writes it."""
    return format_datetime(now.astimezone(UTC).replace(microsecond=0), usegmt=True)
