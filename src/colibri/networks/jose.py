"""Keys on the curve P-256 and what is signed with them (JOSE, ES256): RFC 7515, 7517, 7518, 7638."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

__all__ = ["Key", "base64url"]

_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_WIDTH = 32


def base64url(content: bytes) -> str:
    """Base64 as URLs take it, without padding."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class Key:
    """A private key of P-256."""

    private: ec.EllipticCurvePrivateKey

    @classmethod
    def new(cls) -> "Key":
        """A fresh one."""
        return cls(ec.generate_private_key(ec.SECP256R1()))

    @classmethod
    def derived(cls, secret: str, purpose: str) -> "Key":
        """The one key of a secret for a purpose, always the same."""
        # Sixteen bytes more than the order has: the remainder is then as good as uniform.
        made = HKDF(hashes.SHA256(), _WIDTH + 16, salt=None, info=purpose.encode()).derive(secret.encode())
        return cls(ec.derive_private_key(int.from_bytes(made) % (_ORDER - 1) + 1, ec.SECP256R1()))

    @classmethod
    def from_text(cls, text: str) -> "Key":
        """The key `text` holds. Raises `ValueError` where it holds none of this curve."""
        private = serialization.load_pem_private_key(text.encode(), password=None)
        if not isinstance(private, ec.EllipticCurvePrivateKey) or private.curve.name != "secp256r1":
            raise ValueError("not a key of P-256")
        return cls(private)

    @property
    def text(self) -> str:
        """The key as text to be kept sealed; `from_text` reads it."""
        return self.private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode()

    @property
    def public(self) -> dict[str, str]:
        """Its public half as a JWK of the required members alone."""
        numbers = self.private.public_key().public_numbers()
        x, y = (base64url(number.to_bytes(_WIDTH)) for number in (numbers.x, numbers.y))
        return {"crv": "P-256", "kty": "EC", "x": x, "y": y}

    @property
    def thumbprint(self) -> str:
        """What names it, by RFC 7638."""
        canonical = json.dumps(self.public, sort_keys=True, separators=(",", ":"))
        return base64url(hashlib.sha256(canonical.encode()).digest())

    def sign(self, header: Mapping[str, Any], claims: Mapping[str, Any]) -> str:
        """A compact JWT of these claims."""
        parts = ({"alg": "ES256", **header}, claims)
        told = ".".join(base64url(json.dumps(part, separators=(",", ":")).encode()) for part in parts)
        r, s = decode_dss_signature(self.private.sign(told.encode(), ec.ECDSA(hashes.SHA256())))
        return f"{told}.{base64url(r.to_bytes(_WIDTH) + s.to_bytes(_WIDTH))}"
