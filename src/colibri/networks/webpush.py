"""Words for one browser, through the push service its maker runs (RFC 8030), which cannot read them.

They are encrypted to the browser's own keys (RFC 8291, `aes128gcm` of RFC 8188); who sends is said by a
signed token (VAPID, RFC 8292).
"""

import base64
import binascii
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from colibri.networks.guard import Guard
from colibri.networks.jose import Key, base64url
from colibri.networks.transport import fetch

__all__ = ["MOST", "Sender", "Subscription", "push"]

MOST = 3_000
"""Bytes of one message: push services take 4,096, encryption included."""
KEEP = timedelta(days=1)
"""So long a push service keeps it for a browser that is not there."""
VALID = timedelta(hours=12)
_RECORD = 4_096
_CURVE = ec.SECP256R1()


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a browser gave: where to write, its public key and a secret of 16 bytes, in URL-safe base64.

    Raises `ValueError` where the keys are none.
    """

    endpoint: str
    p256dh: str
    auth: str

    def __post_init__(self) -> None:
        try:
            key, secret = _unpadded(self.p256dh), _unpadded(self.auth)
            ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, key)
        except (binascii.Error, ValueError) as fault:
            raise ValueError("no keys of a browser") from fault
        if len(secret) != 16:
            raise ValueError("no secret of a browser")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: a key, and an address at which the push service reaches whoever runs this site."""

    key: Key
    contact: str

    @property
    def public(self) -> str:
        """The public key as a browser takes it (`applicationServerKey`)."""
        return base64url(_point(self.key.private.public_key()))


def push(guard: Guard, to: Subscription, words: bytes, sender: Sender, *, now: datetime) -> None:
    """Hand the words to the push service. Raises the errors of `networks.errors`: `Gone` where the browser
    is subscribed no more.
    """
    fetch(
        guard,
        to.endpoint,
        method="POST",
        headers={
            "Authorization": _authorization(to.endpoint, sender, now=now),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(int(KEEP.total_seconds())),
            "Urgency": "normal",
        },
        content=sealed(to, words, salt=os.urandom(16), own=Key.new()),
    )


def sealed(to: Subscription, words: bytes, *, salt: bytes, own: Key) -> bytes:
    """The words as only the browser opens them; `salt` and `own` are new for each message."""
    if len(words) > MOST:
        raise ValueError(f"a message of {len(words)} bytes, at most {MOST}")
    theirs = _unpadded(to.p256dh)
    ours = _point(own.private.public_key())
    shared = own.private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, theirs))
    start = _hkdf(_unpadded(to.auth), shared, b"WebPush: info\0" + theirs + ours, 32)
    key = _hkdf(salt, start, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _hkdf(salt, start, b"Content-Encoding: nonce\0", 12)
    header = salt + _RECORD.to_bytes(4) + bytes([len(ours)]) + ours
    return header + AESGCM(key).encrypt(nonce, words + b"\x02", None)


def _authorization(endpoint: str, sender: Sender, *, now: datetime) -> str:
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((now + VALID).timestamp()),
        "sub": sender.contact,
    }
    return f"vapid t={sender.key.sign({'typ': 'JWT'}, claims)}, k={sender.public}"


def _hkdf(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _unpadded(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
